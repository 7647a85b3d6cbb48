package dovetail.milter.filter;

import dovetail.mail.Headers;

/**
 * A message whose header section is over.
 *
 * @param submission what the MTA has said of it
 * @param standing how it stands to us
 * @param headers its header section
 * @param complete whether {@code headers} are all of its fields, or only those that the limits let
 *     in
 * @param carriesOurResults whether it has an Authentication-Results field that may be ours
 * @param cameFromElsewhere whether a Received field names a client that is not trusted
 */
record Arrival(
    Submission submission,
    Standing standing,
    Headers headers,
    boolean complete,
    boolean carriesOurResults,
    boolean cameFromElsewhere) {}
