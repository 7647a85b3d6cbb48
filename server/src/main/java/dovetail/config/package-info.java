/**
 * The engine that turns TOML files into typed settings. The keys themselves stand with the daemon
 * that reads them.
 */
@org.jspecify.annotations.NullMarked
package dovetail.config;
