package dovetail.policy.rule;

/** What accounts have sent in their busiest ten minutes of the last weeks. For any thread. */
public interface AccountHistory {
  /** Nothing is known. */
  AccountHistory NONE =
      new AccountHistory() {
        @Override
        public Peak of(String account) {
          return Peak.NONE;
        }

        @Override
        public void reached(String account, Peak peak) {}
      };

  /**
   * The busiest ten minutes.
   *
   * @param recipients how many were written to
   * @param domains in how many domains
   */
  record Peak(int recipients, int domains) {
    /** Of an account that has sent nothing. */
    public static final Peak NONE = new Peak(0, 0);

    /** What is more, of each. */
    public Peak with(Peak other) {
      return new Peak(Math.max(recipients, other.recipients), Math.max(domains, other.domains));
    }
  }

  /**
   * Whether that is known at all: until the database has answered for the first time, it is not.
   */
  default boolean isKnown() {
    return true;
  }

  /** What an account has reached on former days. */
  Peak of(String account);

  /** An account has reached that today, and was not stopped. */
  void reached(String account, Peak peak);

  /** The same, to be looked at only. */
  default AccountHistory readOnly() {
    AccountHistory all = this;
    return new AccountHistory() {
      @Override
      public boolean isKnown() {
        return all.isKnown();
      }

      @Override
      public Peak of(String account) {
        return all.of(account);
      }

      @Override
      public void reached(String account, Peak peak) {
        // Not kept.
      }
    };
  }
}
