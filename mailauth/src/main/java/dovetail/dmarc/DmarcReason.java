package dovetail.dmarc;

import static dovetail.dmarc.DmarcStatus.FAIL;
import static dovetail.dmarc.DmarcStatus.NONE;
import static dovetail.dmarc.DmarcStatus.PASS;
import static dovetail.dmarc.DmarcStatus.PERMERROR;
import static dovetail.dmarc.DmarcStatus.TEMPERROR;

import java.util.Locale;

/** Why DMARC ended so: one for results, log and tests. */
public enum DmarcReason {
  /** RFC 9989 5.3.5: a domain that is authenticated is aligned with the author domain. */
  ALIGNED(PASS, "an authenticated domain is aligned"),
  /** Neither SPF nor DKIM passed for any domain. */
  NOT_AUTHENTICATED(FAIL, "no domain is authenticated"),
  /** RFC 9989 5.3.5: what is authenticated is not aligned. */
  NOT_ALIGNED(FAIL, "no authenticated domain is aligned"),
  /** There is no policy record for the author domain. */
  NO_RECORD(NONE, "no policy record"),
  /** RFC 9989 4.10: several records at one name are as good as none, and there is no other. */
  SEVERAL_RECORDS(NONE, "several policy records at one name"),
  /** RFC 9989 4.10.1: the record asks neither for a policy nor for reports. */
  NO_POLICY(NONE, "record without a policy"),
  /** RFC 9989 4.10.1: the record asks for no policy that is valid, and not for reports. */
  INVALID_POLICY(NONE, "record with an invalid policy"),
  /** RFC 9989 5.3.1: there is no From field. */
  NO_AUTHOR(PERMERROR, "no From field"),
  /** RFC 9989 11.5: there are several From fields, and readers differ on which one counts. */
  SEVERAL_FROM_FIELDS(PERMERROR, "several From fields"),
  /** RFC 9989 5.3.1, 11.5: the From field does not name one domain that all readers see. */
  AMBIGUOUS_AUTHOR(PERMERROR, "From field without a single domain"),
  /** The DNS did not say whether there is a policy record, or which one counts. */
  RECORD_UNAVAILABLE(TEMPERROR, "policy record unavailable"),
  /** The DNS did not say of which organization a domain is. */
  ALIGNMENT_UNAVAILABLE(TEMPERROR, "alignment unknown"),
  /** Whether a domain that is aligned passes SPF or DKIM could not be found out. */
  AUTHENTICATION_UNAVAILABLE(TEMPERROR, "authentication of an aligned domain unknown"),
  /** The DNS did not say whether the author domain exists, and the policy depends on it. */
  EXISTENCE_UNAVAILABLE(TEMPERROR, "existence of the author domain unknown");

  private final DmarcStatus status;
  private final String words;

  DmarcReason(DmarcStatus status, String words) {
    this.status = status;
    this.words = words;
  }

  /** The result that goes with it. */
  public DmarcStatus status() {
    return status;
  }

  /** The reason in fixed words, without any part of the message. */
  public String words() {
    return words;
  }

  /** The same with what exactly was wrong, if there is more to say. */
  String words(String detail) {
    return detail.isEmpty() ? words : words + ": " + detail;
  }

  /** The reason in one word, for log and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
