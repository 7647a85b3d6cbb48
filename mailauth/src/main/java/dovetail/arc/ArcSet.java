package dovetail.arc;

import dovetail.authres.Reading;
import dovetail.mail.Domain;

/**
 * What one handler of the message has added to it. Its writer may be anybody: nothing of it may be
 * believed unless the chain passes, and then as much as the sealer.
 *
 * @param instance its place in the chain, from 1
 * @param sealer the d= tag of ARC-Seal
 * @param selector the s= tag of ARC-Seal
 * @param cv the cv= tag of ARC-Seal
 * @param results what the handler says of the message as it came to it
 */
public record ArcSet(
    int instance, Domain sealer, String selector, ChainValidation cv, Reading results) {}
