package dovetail.cli;

/** How a command ends. */
enum Exit {
  GOOD(0),
  /** The answer is no. */
  NO(1),
  USAGE(2),
  CONFIGURATION(3),
  TEMPORARY(4);

  private final int status;

  Exit(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
