"""What pages show, made of values of the archive: no request, no database, no clock."""
