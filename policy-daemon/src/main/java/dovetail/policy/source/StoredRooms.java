package dovetail.policy.source;

import dovetail.directory.AddressEntry;
import dovetail.directory.Directory;
import dovetail.directory.Lookup;
import dovetail.directory.Mailbox;
import dovetail.directory.Usage;
import dovetail.mail.Address;
import dovetail.policy.rule.Rooms;

/** How much room mailboxes have, by the directory. */
record StoredRooms(Directory directory) implements Rooms {
  @Override
  public Room of(Address mailbox) {
    return switch (directory.address(mailbox)) {
      case Lookup.Found<AddressEntry>(AddressEntry entry) ->
          room(mailbox, entry.mailbox().map(Mailbox::quota).orElse(0L));
      case Lookup.Absent<AddressEntry>() -> new Room.Open();
      case Lookup.Unavailable<AddressEntry>(String why) -> new Room.Unknown(why);
    };
  }

  private Room room(Address mailbox, long quota) {
    if (quota == 0) {
      return new Room.Open();
    }
    return switch (directory.usage(mailbox)) {
      case Lookup.Found<Usage>(Usage usage) -> new Room.Limited(Math.max(0, usage.bytes()), quota);
      case Lookup.Absent<Usage>() -> new Room.Open();
      case Lookup.Unavailable<Usage>(String why) -> new Room.Unknown(why);
    };
  }
}
