// Runs `npm ci` for the build, once: two builds of one checkout may get here at the same time,
// and npm ci starts by deleting node_modules under the other one's feet.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const stamp = resolve(process.argv[2]);
const lock = resolve('obj', 'install-servers.lock'); // not in node_modules: npm ci deletes that
const wanted = readFileSync('package-lock.json', 'utf8');
const staleAfter = 5 * 60_000;

mkdirSync('obj', { recursive: true });
while (!taken()) await new Promise(wake => setTimeout(wake, 200));
try {
    if (!installed()) install();
    else utimesSync(stamp, new Date(), new Date());
} finally {
    rmdirSync(lock);
}

function taken() {
    try {
        mkdirSync(lock);
        return true;
    } catch (error) {
        if (error.code !== 'EEXIST') throw error;
    }
    try {
        // A build that was killed leaves its lock behind.
        if (Date.now() - statSync(lock).mtimeMs > staleAfter) rmdirSync(lock);
    } catch { /* released meanwhile */ }
    return false;
}

function installed() {
    try {
        statSync('node_modules/dynalite/package.json');
        return readFileSync(stamp, 'utf8') === wanted;
    } catch {
        return false;
    }
}

function install() {
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
        { stdio: 'inherit', shell: process.platform === 'win32' });
    if (npm.error) {
        console.error(`install-servers: error LAWS001: npm could not be started (${npm.error.code}). Install Node.js 20 or later, with npm.`);
        process.exitCode = 1;
    } else if (npm.status !== 0) {
        console.error('install-servers: error LAWS002: npm ci failed; its own output above says why.');
        process.exitCode = 1;
    } else {
        writeFileSync(stamp, wanted);
    }
}
