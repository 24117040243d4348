using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Commands;
using DynamoBatch.Core;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Pipeline;

/// <summary>What the ways of restoring share: waiting for steps, saying what happens, and ending with an error. On the pipeline thread only.</summary>
internal sealed class RestoreSession : IDisposable
{
    private readonly ProgressBar _progress;
    private readonly TaskPump _pump;
    private readonly CancellationTokenSource _end;
    private string _status = "Starting";
    private RestoreJournal? _journal;

    public RestoreSession(RestoreDdbTableInPlaceCommand command)
    {
        Command = command;
        Parameters = new RestoreParameters(command);
        Engine = new EngineOptions(command, Crossing);
        _progress = new ProgressBar($"Restore {command.TableName}");
        _pump = new TaskPump(Crossing, Serve);
        _end = CancellationTokenSource.CreateLinkedTokenSource(command.StopToken);
    }

    public RestoreDdbTableInPlaceCommand Command { get; }

    public RestoreParameters Parameters { get; }

    public Crossing Crossing { get; } = new();

    public EngineOptions Engine { get; }

    public DdbConnection Connection { get; private set; } = null!;

    public Core.Restoring.Control.TableControl Control { get; private set; } = null!;

    public bool Stopped => Command.StopToken.IsCancellationRequested;

    /// <summary>Ends the steps.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Also called while a step is waited for.</summary>
    public Action? Serving { get; set; }

    /// <summary>Called before the command ends with an error; says what stands.</summary>
    public Func<string?>? Failing { get; set; }

    /// <summary>Connects. False where Ctrl+C came first.</summary>
    public bool Open()
    {
        if (Command.GetConnection().Open(Crossing) is not { } connection)
        {
            return false;
        }

        Connection = connection;
        Control = connection.CreateTableControl(Crossing.Verbose);
        Command.WriteVerbose($"Working at {connection.Endpoint} with credentials from {connection.CredentialSource}.");
        return true;
    }

    /// <summary>Opens the restore's journal; says where it is, and whether it is gone on with.</summary>
    /// <param name="identity">The restore.</param>
    /// <param name="settleConflicts">Whether one that has ended with conflicts is gone on with.</param>
    public RestoreJournal OpenJournal(RestoreIdentity identity, bool settleConflicts = false)
    {
        (string path, string? warning) = Try(() => RestoreJournalPlace.Find(Command, identity));
        _journal = Try(() => RestoreJournal.Open(path, identity, TimeProvider.System, settleConflicts));
        Announce(_journal, warning);
        return _journal;
    }

    private void Announce(RestoreJournal journal, string? warning)
    {
        Command.WriteVerbose($"The journal is '{journal.Path}'.");
        if (warning is not null)
        {
            Command.WriteWarning(warning);
        }

        if (journal.IsResumed)
        {
            string compared = journal.Find(RestoreStep.Staged) is { } staged
                ? $" What is to be changed was found at {RestoreIdentity.Text(staged.At)}: damage done since is not in it. To compare anew, name another -JournalPath."
                : string.Empty;
            Command.WriteWarning($"Going on with the restore that was begun at {RestoreIdentity.Text(journal.Records[0].At)}; its journal is '{journal.Path}'.{compared}");
        }
    }

    /// <summary>Waits for a step; ends the command where it fails. False where Ctrl+C came first.</summary>
    public bool TryWait<T>(string status, Func<CancellationToken, Task<T>> step, out T result)
    {
        Progress(status);
        Command.WriteVerbose(status + ".");
        (T? value, Exception? fault) = _pump.Run(() => step(Token), Token);
        if (Stopped)
        {
            // The pipeline takes nothing any more, and would throw.
            if (fault is RestoreException told)
            {
                Tell(told.Message);
            }

            result = value!;
            return false;
        }

        Serve();
        if (fault is not null)
        {
            Fail(fault);
        }

        result = value!;
        return true;
    }

    /// <summary>Waits for a step that has no result.</summary>
    public bool TryWait(string status, Func<CancellationToken, Task> step) => TryWait(status, Done(step), out bool _);

    /// <summary>Does what touches a file; ends the command where it fails.</summary>
    public T Try<T>(Func<T> step)
    {
        Exception failure;
        try
        {
            return step();
        }
        catch (Exception fault) when (fault is RestoreException or DdbException or IOException or UnauthorizedAccessException)
        {
            failure = fault;
        }

        Fail(failure);
        throw failure;
    }

    /// <inheritdoc cref="Try{T}(Func{T})"/>
    public void Try(Action step) => Try(() =>
    {
        step();
        return true;
    });

    /// <summary>Ends the command.</summary>
    public void Fail(Exception fault)
    {
        string? stands = TakeStanding();
        Command.ThrowTerminatingError(fault switch
        {
            DdbException known => ErrorRecords.Run(known, stands, Command.TableName),
            RestoreException known => ErrorRecords.Restore(known, stands, Command.TableName),
            ControlException => ErrorRecords.Restore(new RestoreException(RestoreProblem.StepFailed, fault.Message, fault), stands, Command.TableName),
            _ => ErrorRecords.Restore(new RestoreException(RestoreProblem.StepFailed, $"A step failed. {fault.Message}", fault), stands, Command.TableName),
        });
    }

    /// <summary>Says what stands where the command is about to end with an error; once.</summary>
    public string? TakeStanding()
    {
        (Func<string?>? failing, Failing) = (Failing, null);
        return failing?.Invoke();
    }

    /// <summary>What is shown of a long step. Any thread.</summary>
    public void Progress(string status) => _status = status;

    /// <summary>Says what there is to say.</summary>
    public void Serve()
    {
        while (Crossing.TryTakeVerbose(out string line))
        {
            Command.WriteVerbose(line);
        }

        while (Crossing.TryTakeWarning(out string line))
        {
            Command.WriteWarning(line);
        }

        Serving?.Invoke();
        if (_progress.IsDue)
        {
            Command.WriteProgress(_progress.Refresh(_status));
        }
    }

    /// <summary>Says it where the pipeline takes nothing any more.</summary>
    public void Tell(string text) => Command.Host?.UI?.WriteWarningLine(text);

    /// <summary>Takes the bar away.</summary>
    public void Complete()
    {
        Serve();
        if (_progress.Complete() is { } done)
        {
            Command.WriteProgress(done);
        }
    }

    /// <summary>Ends a step that a Write* call left behind.</summary>
    public void Leave()
    {
        _end.Cancel();
        if (_pump.Leave(TimeSpan.FromSeconds(10)) is RestoreException told)
        {
            Tell(told.Message);
        }
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _end.Dispose();
        Crossing.Dispose();
    }

    private static Func<CancellationToken, Task<bool>> Done(Func<CancellationToken, Task> step) => async cancellation =>
    {
        await step(cancellation).ConfigureAwait(false);
        return true;
    };
}
