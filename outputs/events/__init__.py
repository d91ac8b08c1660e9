"""The content and the identity of every calendar event, and how both are followed over a chain of plans."""

from outputs.events.numbering import number_events

__all__ = ["number_events"]
