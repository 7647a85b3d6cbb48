@org.jspecify.annotations.NullMarked
package dovetail.server;
