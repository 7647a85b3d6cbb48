package dovetail.dns;

/**
 * What a TLS server may be recognized by (RFC 6698 2.1). The numbers are as they stand in the
 * record, also those that mean nothing yet.
 *
 * @param usage what the data is: 2 a trust anchor, 3 the server's own
 * @param selector of what: 0 the certificate, 1 its public key
 * @param matching how the data is written: 0 whole, 1 its SHA-256, 2 its SHA-512
 * @param data in lower-case hexadecimal
 */
public record TlsAssociation(int usage, int selector, int matching, String data) {}
