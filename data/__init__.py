"""What is remembered: the domain (pure), tables, repositories, the unit of work, migrations."""
