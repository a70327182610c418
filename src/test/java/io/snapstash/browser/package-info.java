/** The page in a real browser, while the sandbox works behind it. Skipped where no browser can be had. */
package io.snapstash.browser;
