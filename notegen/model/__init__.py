"""The words that the stages speak: immutable values, no input or output, standard library only at run time."""
