// Starts dynalite on a free port (or the given one), says where, and ends with the process that started it:
// that one holds the other end of stdin.
import dynalite from 'dynalite';

const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();
process.on('SIGINT', () => { /* Ctrl+C reaches the whole group; the parent decides. */ });
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
    console.log(`Dynalite listening on http://127.0.0.1:${server.address().port}`));
