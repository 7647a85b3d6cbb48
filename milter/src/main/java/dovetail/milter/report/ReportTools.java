package dovetail.milter.report;

import dovetail.dns.Resolver;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What reporting needs.
 *
 * @param version of this program
 * @param log learns what becomes of reports
 */
public record ReportTools(
    Resolver resolver,
    InstantSource clock,
    RandomGenerator random,
    String version,
    ReportLog log) {}
