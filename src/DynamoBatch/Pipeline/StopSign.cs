using System.Diagnostics;
using System.Management.Automation;

namespace DynamoBatch.Pipeline;

/// <summary>
/// Whether Ctrl+C came, also where PowerShell tells this command nothing of it: a pipeline that has failed is not stopped a second
/// time, and a command downstream may fall before this one is told. A script that is started while its pipeline stops ends at
/// once, which is the one public sign of it.
/// </summary>
internal sealed class StopSign
{
    private const int LookAgainMilliseconds = 250;

    private readonly DdbCommand _command;
    private readonly Stopwatch _looked = Stopwatch.StartNew();
    private bool _seen;

    public StopSign(DdbCommand command) => _command = command;

    /// <summary>Whether the command was told.</summary>
    public bool IsUp => _seen || _command.StopToken.IsCancellationRequested;

    /// <summary>Looks, for an ending that waits: four times a second at most.</summary>
    public bool Watch() => IsUp || (_looked.ElapsedMilliseconds >= LookAgainMilliseconds && Look());

    /// <summary>Looks now. On the pipeline thread only.</summary>
    public bool Look()
    {
        _looked.Restart();
        if (!IsUp)
        {
            try
            {
                _command.InvokeCommand.InvokeScript(false, ScriptBlock.Create(string.Empty), null, null);
            }
            catch (PipelineStoppedException)
            {
                _seen = true;
            }
        }

        return IsUp;
    }
}
