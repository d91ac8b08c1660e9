"""From a problem to a plan: groups planned apart, and given bookings that conflict."""
