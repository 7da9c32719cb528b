"""Which article an address belongs to, and two histories of one story made into one."""
