package dovetail.milter.session;

import dovetail.milter.filter.Submission;
import dovetail.milter.filter.Verdict;
import java.time.Duration;

/**
 * One answered message, as it goes to the log and the metrics.
 *
 * @param queueId the MTA's name for it, "-" if it gave none
 * @param submission what the MTA said of it
 * @param recipients how many RCPT commands it had
 * @param size bytes of header fields and body, line ends included
 * @param verdict what has become of it
 * @param delay how long the MTA waited for the answer to the end of the message
 */
public record MessageRecord(
    String queueId,
    Submission submission,
    int recipients,
    long size,
    Verdict verdict,
    Duration delay) {}
