/**
 * What the rooms with HTTP doors share: errors as {@code application/problem+json}, bodies that are read with care and have to arrive in time, and a
 * limit for how often. Knows no other package.
 */
package io.rtms.http;
