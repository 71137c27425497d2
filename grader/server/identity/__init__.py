"""Who somebody is, and what they may see: links, sessions, OpenID Connect, LTI."""
