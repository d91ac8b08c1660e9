"""What is sent: a letter to each person, administration, unit
and manager, and one mail an event; pure functions of plans.

``sending`` says what of, ``personal`` and ``group`` write the letters, ``mail`` makes them RFC 5322 messages, ``table``
the list for mail merge, ``files`` puts all of it in a folder.
"""
