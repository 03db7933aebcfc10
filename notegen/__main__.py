"""`python -m notegen`."""

from notegen.cli.main import main

if __name__ == "__main__":
    main()
