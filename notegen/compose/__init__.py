"""Facts and a template become a note in which every character knows its origin."""
