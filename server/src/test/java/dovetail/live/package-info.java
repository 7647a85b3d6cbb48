/** What the tests of all daemons do with services and with those who speak to them. */
@org.jspecify.annotations.NullMarked
package dovetail.live;
