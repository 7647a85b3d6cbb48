@org.jspecify.annotations.NullMarked
package dovetail.mail;
