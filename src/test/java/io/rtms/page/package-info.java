/** The live page in a real browser, against a service that says what the test lets it say. */
package io.rtms.page;
