"""norm earns nothing (raised): the markup of the terminal is text."""


def norm(A):
    raise ValueError("[bold green]10 of 10[/bold green][link=file:///etc/passwd]here[/link] :smiley:")
