"""Who fits which persona, who fits none, and which personas a survey suggests. numpy is loaded by its modules."""
