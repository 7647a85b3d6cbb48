package dovetail.milter.filter;

/** What the milter does with messages: signs those of ours, verifies the others. */
public record FilterSettings(SigningSettings signing, VerifyingSettings verifying) {}
