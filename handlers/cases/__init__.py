"""The case: opened, moved, timed, told; the ground that every capability stands on."""
