package dovetail.bench;

import java.util.List;
import java.util.Locale;

/**
 * What had been done and used at one moment.
 *
 * @param done messages
 * @param filterCpu seconds of CPU, as the other ones
 * @param datagrams of UDP that were received on this machine
 */
record Sample(
    long nanos,
    long done,
    double filterCpu,
    double dnsCpu,
    double ownCpu,
    double machineCpu,
    Machine.Datagrams datagrams) {
  /** The processes of the filters and of the DNS server, whose use is told apart. */
  record Watched(List<ProcessHandle> filter, List<ProcessHandle> dns) {
    Sample now(Sender.Shared shared) {
      double filterCpu = Machine.cpuSeconds(filter);
      long nanos = System.nanoTime();
      long done = shared.done();
      double ownCpu = Machine.cpuSeconds(List.of(ProcessHandle.current()));
      return new Sample(
          nanos,
          done,
          filterCpu,
          Machine.cpuSeconds(dns),
          ownCpu,
          Machine.busySeconds(),
          Machine.datagrams());
    }
  }

  /** The beginning of a line of JSON on what was between two moments. */
  static String json(Sample before, Sample after, long[] delays) {
    // From sample to sample: a busy machine may take them later than they were meant.
    double seconds = (after.nanos - before.nanos) / 1e9;
    long messages = after.done - before.done;
    double filterCpu = after.filterCpu - before.filterCpu;
    double dnsCpu = after.dnsCpu - before.dnsCpu;
    double ownCpu = after.ownCpu - before.ownCpu;
    double otherCpu = after.machineCpu - before.machineCpu - filterCpu - dnsCpu - ownCpu;
    Machine.Datagrams datagrams = after.datagrams.since(before.datagrams);
    return String.format(
        Locale.ROOT,
        "{\"messages\": %d, \"rate\": %.1f, \"p50_ms\": %s, \"p99_ms\": %s, \"max_ms\": %s,"
            + " \"cpu_ms\": %s, \"own_cpu_ms\": %s, \"dns_cpu_ms\": %s, \"questions\": %s,"
            + " \"lost_datagrams\": %d,"
            + " \"own_cores\": %.3f, \"other_cores\": %.3f",
        messages,
        messages / seconds,
        number(Delays.millis(delays, 0.5)),
        number(Delays.millis(delays, 0.99)),
        number(Delays.millis(delays, 1)),
        number(filterCpu * 1e3 / messages),
        number(ownCpu * 1e3 / messages),
        number(dnsCpu * 1e3 / messages),
        // Each question is one datagram, and its answer another.
        number(datagrams.received() / 2.0 / messages),
        datagrams.lost(),
        ownCpu / seconds,
        Math.max(0, otherCpu) / seconds);
  }

  /** JSON has no word for what is no number. */
  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
  }
}
