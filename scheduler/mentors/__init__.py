"""Who accompanies whom: pairs of hires and mentors, matched apart from seats (MODEL.md, Mentors)."""
