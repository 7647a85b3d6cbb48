package dovetail.milter.filter;

/** How a message stands to us before anybody has looked at its header fields. */
enum Standing {
  /** Its client has authenticated itself. */
  AUTHENTICATED,
  /** It came through a port that is only for submissions. */
  ORIGINATING,
  /** It was made on this host, by another way than SMTP. */
  NON_SMTPD,
  /** Its client is in one of the trusted networks. */
  TRUSTED,
  /** None of these. */
  STRANGER;

  private static final String ORIGINATING_DAEMON = "ORIGINATING";

  static Standing of(Submission submission, boolean trustedClient) {
    if (submission.login().isPresent()) {
      return AUTHENTICATED;
    }
    if (submission.nonSmtpd()) {
      return NON_SMTPD;
    }
    boolean originating =
        submission.client().daemon().filter(ORIGINATING_DAEMON::equals).isPresent();
    if (submission.mode() == Mode.SIGN || originating) {
      return ORIGINATING;
    }
    return trustedClient ? TRUSTED : STRANGER;
  }
}
