"""Bring assignments of other graders over: read their source notebooks, record their tests, write ours."""
