package dovetail.manual;

import dovetail.observe.Metrics;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics that a process has, by the names of their samples, with the values of their labels.
 */
public final class KnownMetrics {
  /** A metric's name with what stands in braces behind it, or braces alone. */
  private static final Pattern USE =
      Pattern.compile("\\b((?:dovetail|jvm|process)_[a-z_]+)(?:\\{([^}]*)\\})?|\\{([^}]*)\\}");

  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!~|!=|=)\"([^\"]*)\"");
  private static final Pattern LABELS = Pattern.compile("\\b(?:by|on) \\(([a-z_, ]+)\\)");

  /** What Prometheus adds, and the bounds of histograms. */
  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance", "le");

  private final Map<String, Map<String, Set<String>>> labels = new TreeMap<>();

  public KnownMetrics(Metrics metrics) {
    metrics.registry().scrape().forEach(this::add);
  }

  private void add(MetricSnapshot family) {
    String name = family.getMetadata().getPrometheusName();
    List<String> samples =
        switch (family) {
          case CounterSnapshot _ -> List.of(name + "_total");
          case HistogramSnapshot _ -> List.of(name + "_bucket", name + "_sum", name + "_count");
          default -> List.of(name);
        };
    for (String sample : samples) {
      Map<String, Set<String>> values = labels.computeIfAbsent(sample, _ -> new TreeMap<>());
      for (DataPointSnapshot point : family.getDataPoints()) {
        for (Label label : point.getLabels()) {
          values.computeIfAbsent(label.getName(), _ -> new TreeSet<>()).add(label.getValue());
        }
      }
    }
  }

  /** Names of samples. */
  public Set<String> names() {
    return labels.keySet();
  }

  /** Makes more values known, of a label that has one when something happens. */
  public void may(String name, String label, List<String> values) {
    labels
        .computeIfAbsent(name, _ -> new TreeMap<>())
        .computeIfAbsent(label, _ -> new TreeSet<>())
        .addAll(values);
  }

  /** What a text says of metrics that is not so; a selector without a name is of the last one. */
  public List<String> mistakes(String text) {
    List<String> mistakes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String name = "";
      Matcher use = USE.matcher(line);
      while (use.find()) {
        name = Objects.requireNonNullElse(use.group(1), name);
        if (use.group(1) != null && !labels.containsKey(name)) {
          mistakes.add("there is no " + name);
        } else if (!name.isEmpty()) {
          String selector = use.group(2) == null ? use.group(3) : use.group(2);
          mistakes.addAll(mistakes(name, Objects.requireNonNullElse(selector, "")));
        }
      }
      LABELS
          .matcher(line)
          .results()
          .flatMap(found -> List.of(found.group(1).split(", ", -1)).stream())
          .filter(label -> !OF_PROMETHEUS.contains(label) && !isLabel(label))
          .forEach(label -> mistakes.add("there is no label " + label));
    }
    return mistakes;
  }

  private boolean isLabel(String label) {
    return labels.values().stream().anyMatch(values -> values.containsKey(label));
  }

  private List<String> mistakes(String name, String selector) {
    List<String> mistakes = new ArrayList<>();
    Matcher matcher = MATCHER.matcher(selector);
    while (matcher.find()) {
      String label = matcher.group(1);
      if (OF_PROMETHEUS.contains(label)) {
        continue;
      }
      Set<String> values = labels.getOrDefault(name, Map.of()).getOrDefault(label, Set.of());
      for (String value : matcher.group(3).split("\\|", -1)) {
        if (!values.contains(value) && !value.equals("\u2026")) {
          mistakes.add("%s has no %s=\"%s\"".formatted(name, label, value));
        }
      }
    }
    return mistakes;
  }
}
