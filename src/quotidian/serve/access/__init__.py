"""Who may come in, and what each may do: settings, sessions, roles, forms, headers."""
