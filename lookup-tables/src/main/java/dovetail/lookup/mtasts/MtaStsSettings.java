package dovetail.lookup.mtasts;

/**
 * What is done with policies.
 *
 * @param strict whether policies that are only being tested are obeyed, too
 * @param serverName whether Postfix is to name the host in TLS, for which it has to be 3.4 or later
 * @param dane whether DANE is looked for, and comes first
 * @param fetching how policies are fetched
 */
public record MtaStsSettings(
    boolean strict, boolean serverName, boolean dane, FetchSettings fetching) {}
