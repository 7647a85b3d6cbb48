package dovetail.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds what is new in a list of listeners, keeping sockets that are there already. */
final class Listeners {
  private static final int SAME_PORT_ATTEMPTS = 20;

  private final Map<Listener.Place, Listener> existing;
  private final HandedOver handedOver;
  private final Map<Listener.Place, Listener> all = new LinkedHashMap<>();
  private final Map<Listener, ListenSpec> specs = new LinkedHashMap<>();
  private final List<Listener> fresh = new ArrayList<>();

  private Listeners(Map<Listener.Place, Listener> existing, HandedOver handedOver) {
    this.existing = existing;
    this.handedOver = handedOver;
  }

  /** All or nothing: when one cannot be bound, those bound before it are closed again. */
  static Listeners bind(
      List<ListenSpec> wanted, Map<Listener.Place, Listener> existing, HandedOver handedOver)
      throws IOException {
    Listeners listeners = new Listeners(existing, handedOver);
    try {
      for (ListenSpec spec : wanted) {
        listeners.add(spec);
      }
      return listeners;
    } catch (IOException | RuntimeException e) {
      listeners.abandon();
      throw e;
    }
  }

  /** The sockets by place, kept and fresh. */
  Map<Listener.Place, Listener> all() {
    return all;
  }

  /** Those that were not there before. */
  List<Listener> fresh() {
    return fresh;
  }

  /**
   * Lets peers find the fresh sockets. Not before everything else that a reload changes is sure: a
   * unix socket that has taken over another's path cannot give it back.
   */
  void publish() {
    fresh.forEach(Listener::publish);
  }

  /** Tells the sockets that stay what is configured for them now. */
  void applySpecs() {
    specs.forEach(Listener::spec);
  }

  void abandon() {
    fresh.forEach(Listener::close);
  }

  private void add(ListenSpec spec) throws IOException {
    switch (spec.address()) {
      case ListenAddress.Unix unix -> addUnix(unix, spec);
      case ListenAddress.Inet inet -> addInet(inet.socketAddresses(), spec);
    }
  }

  private void addUnix(ListenAddress.Unix unix, ListenSpec spec) throws IOException {
    Optional<Listener> lent =
        existing.values().stream().filter(one -> one.isHandedOverAt(unix.path())).findFirst();
    // Its group and mode are its owner's matter, and at its path it must stay.
    Listener.Place place = lent.map(Listener::place).orElseGet(() -> Listener.place(unix, spec));
    if (!keep(place, spec) && place instanceof Listener.Place.Unix fresher) {
      Optional<ServerSocketChannel> there = handedOver.take(fresher.path());
      remember(
          there.isPresent()
              ? Listener.handedOver(there.get(), fresher, spec)
              : Listener.bind(fresher, spec),
          spec);
    }
  }

  private boolean keep(Listener.Place place, ListenSpec spec) {
    Listener kept = all.getOrDefault(place, existing.get(place));
    if (kept == null) {
      return false;
    }
    all.put(place, kept);
    specs.put(kept, spec);
    return true;
  }

  private void remember(Listener listener, ListenSpec spec) {
    fresh.add(listener);
    all.put(listener.place(), listener);
    specs.put(listener, spec);
  }

  private void addInet(List<InetSocketAddress> addresses, ListenSpec spec) throws IOException {
    List<Listener.Place.Inet> places =
        addresses.stream()
            .map(Listener.Place.Inet::new)
            .filter(place -> !keep(place, spec))
            .toList();
    for (Listener listener : bindSamePort(places, spec)) {
      remember(listener, spec);
    }
  }

  /** With port 0 the first socket's port is asked for on the others, which may take some tries. */
  private static List<Listener> bindSamePort(List<Listener.Place.Inet> places, ListenSpec spec)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      List<Listener> bound = new ArrayList<>();
      try {
        for (Listener.Place.Inet place : places) {
          bound.add(Listener.bind(place, samePort(place.address(), bound), spec));
        }
        return bound;
      } catch (IOException | RuntimeException e) {
        bound.forEach(Listener::close);
        boolean chosen = !bound.isEmpty() && places.getFirst().address().getPort() == 0;
        if (!chosen || attempt == SAME_PORT_ATTEMPTS || !(e.getCause() instanceof BindException)) {
          throw e;
        }
      }
    }
  }

  private static InetSocketAddress samePort(InetSocketAddress wanted, List<Listener> bound) {
    if (wanted.getPort() == 0
        && !bound.isEmpty()
        && bound.getFirst().address() instanceof InetSocketAddress first) {
      return new InetSocketAddress(wanted.getAddress(), first.getPort());
    }
    return wanted;
  }
}
