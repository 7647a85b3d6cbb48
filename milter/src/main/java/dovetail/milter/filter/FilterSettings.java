package dovetail.milter.filter;

/**
 * What the milter does with messages.
 *
 * @param signing how those of ours are signed
 * @param verifying how the others are verified
 * @param archiving which of them are copied
 */
public record FilterSettings(
    SigningSettings signing, VerifyingSettings verifying, ArchivePolicy archiving) {}
