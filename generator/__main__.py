"""`python -m generator`, and `hanji`: the command line, which Ctrl-C ends without a trace from the first moment on."""

import signal


def main() -> None:
    """Run the command line and end the process."""
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heard:
        # Until the command line is there, there is nothing to be ended in order.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from generator.engine.garbage import collect_seldom

    # Already for the imports: to look through what they make takes a sixteenth of their time.
    collect_seldom()
    from generator import cli

    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
