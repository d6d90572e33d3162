"""What is taken over from a file: tables as they stand in it, what each column means, what is refused."""
