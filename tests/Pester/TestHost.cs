using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Threading;

namespace DynamoBatch.Testing
{
    /// <summary>A host that answers questions and remembers what it was asked and told. Compiled by Add-Type.</summary>
    public sealed class TestHost : PSHost
    {
        private readonly Guid _id = Guid.NewGuid();
        private readonly TestHostUI _ui;

        public TestHost(params int[] answers) { _ui = new TestHostUI(answers); }

        public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
        public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
        public override Guid InstanceId { get { return _id; } }
        public override string Name { get { return "Test"; } }
        public override Version Version { get { return new Version(1, 0); } }
        public override PSHostUserInterface UI { get { return _ui; } }
        public string[] Asked { get { lock (_ui) { return _ui.Asked.ToArray(); } } }
        public string[] Said { get { lock (_ui) { return _ui.Said.ToArray(); } } }

        public override void EnterNestedPrompt() { }
        public override void ExitNestedPrompt() { }
        public override void NotifyBeginApplication() { }
        public override void NotifyEndApplication() { }
        public override void SetShouldExit(int exitCode) { }
    }

    /// <summary>How long something took, without what this process did not get: while it is stopped, or does not come to its turn, this clock stands still.</summary>
    public sealed class RunningTime : IDisposable
    {
        private readonly Thread _thread;
        private long _ticks;
        private volatile bool _ended;

        public RunningTime()
        {
            _thread = new Thread(Count) { IsBackground = true };
            _thread.Start();
        }

        public TimeSpan Elapsed { get { return TimeSpan.FromTicks(Interlocked.Read(ref _ticks)); } }

        public void Dispose() { _ended = true; }

        private void Count()
        {
            TimeSpan most = TimeSpan.FromMilliseconds(100);
            while (!_ended)
            {
                var step = System.Diagnostics.Stopwatch.StartNew();
                Thread.Sleep(20);
                Interlocked.Add(ref _ticks, (step.Elapsed < most ? step.Elapsed : most).Ticks);
            }
        }
    }

    public sealed class TestHostUI : PSHostUserInterface
    {
        private readonly Queue<int> _answers;

        public TestHostUI(int[] answers) { _answers = new Queue<int>(answers); }

        public List<string> Asked { get; } = new List<string>();
        public List<string> Said { get; } = new List<string>();
        public override PSHostRawUserInterface RawUI { get { return null; } }

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            lock (this)
            {
                Asked.Add(message);
                return _answers.Count > 0 ? _answers.Dequeue() : defaultChoice;
            }
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new NotSupportedException(); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new NotSupportedException(); }
        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) { throw new NotSupportedException(); }
        public override string ReadLine() { throw new NotSupportedException(); }
        public override SecureString ReadLineAsSecureString() { throw new NotSupportedException(); }
        public override void Write(string value) { Say(value); }
        public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { Say(value); }
        public override void WriteLine(string value) { Say(value); }
        public override void WriteErrorLine(string value) { Say(value); }
        public override void WriteDebugLine(string message) { Say(message); }
        public override void WriteVerboseLine(string message) { Say(message); }
        public override void WriteWarningLine(string message) { Say(message); }
        public override void WriteProgress(long sourceId, ProgressRecord record) { }

        private void Say(string text) { lock (this) { Said.Add(text); } }
    }
}
