using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>Brings back, one after another, the settings that a restore drops. One that fails does not keep back the others.</summary>
internal sealed class SettingsApplier
{
    private readonly TableControl _control;
    private readonly RestoreJournal _journal;
    private readonly RecreateOptions _options;

    public SettingsApplier(TableControl control, RestoreJournal journal, RecreateOptions options)
    {
        _control = control;
        _journal = journal;
        _options = options;
    }

    /// <summary>Applies all settings that are not there yet.</summary>
    /// <param name="settings">The settings, in their order.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task ApplyAsync(IReadOnlyList<TableSetting> settings, CancellationToken cancellation)
    {
        foreach (TableSetting setting in settings)
        {
            if (_journal.Has(RestoreStep.SettingApplied, setting.Name))
            {
                continue;
            }

            _options.Progress("Settings", setting.Name);
            if (await TryApplyAsync(setting, cancellation).ConfigureAwait(false) is { } reason)
            {
                _journal.Write(RestoreStep.SettingFailed, setting.Name, ("Reason", reason), ("Command", setting.Command));
                _options.Log($"{setting.Name} could not be brought back. {reason}");
            }
            else
            {
                _journal.Write(RestoreStep.SettingApplied, setting.Name);
            }
        }
    }

    /// <summary>Reads all settings again.</summary>
    /// <returns>Those that are not as they were, with the reason.</returns>
    public async Task<IReadOnlyList<FailedSetting>> VerifyAsync(IReadOnlyList<TableSetting> settings, CancellationToken cancellation)
    {
        var failed = new List<FailedSetting>();
        foreach (TableSetting setting in settings)
        {
            string? reason = _journal.Find(RestoreStep.SettingApplied, setting.Name) is null ? _journal.Find(RestoreStep.SettingFailed, setting.Name)?.Fact("Reason") : null;
            try
            {
                if (!await setting.IsMetAsync(cancellation).ConfigureAwait(false))
                {
                    failed.Add(new FailedSetting(setting.Name, reason ?? "The new table reads differently.", setting.Command));
                }
            }
            catch (Exception fault) when (fault is ControlException or DdbException { Kind: FailureKind.AccessDenied })
            {
                failed.Add(new FailedSetting(setting.Name, reason ?? $"It could not be read back. {fault.Message}", setting.Command));
            }
        }

        return failed;
    }

    /// <summary>Asks until the setting is seen. The reason where it cannot be had.</summary>
    private async Task<string?> TryApplyAsync(TableSetting setting, CancellationToken cancellation)
    {
        long start = _control.Clock.GetTimestamp();
        bool asked = false;
        string? reason = null;
        for (TimeSpan poll = _control.Pace.FirstPoll; ; poll = _control.Pace.After(poll))
        {
            try
            {
                if (await setting.IsMetAsync(cancellation).ConfigureAwait(false))
                {
                    return null;
                }

                if (setting.ApplyAsync is null)
                {
                    return "It comes with a restore or not at all, and this time it did not.";
                }

                if (!asked)
                {
                    // A table that is still at the change before refuses the next.
                    await _control.WaitAsync(_options.TableName, t => t is null || t.TableStatus == TableStatus.ACTIVE, Tell(setting), cancellation).ConfigureAwait(false);
                    await setting.ApplyAsync(cancellation).ConfigureAwait(false);
                    asked = true;
                }
            }
            catch (ControlException fault) when (MayPass(fault))
            {
                // A new table is not at once ready for all of them.
                reason = fault.Message;
                asked = false;
            }
            catch (Exception fault) when (fault is ControlException or DdbException { Kind: FailureKind.AccessDenied })
            {
                return fault.Message;
            }

            if (_control.Clock.GetElapsedTime(start) > _control.Pace.Settling)
            {
                return reason ?? "It was accepted, but is not seen on the new table.";
            }

            await _control.Clock.Delay(poll, cancellation).ConfigureAwait(false);
        }
    }

    private Action<TimeSpan, TableDescription?> Tell(TableSetting setting) =>
        (elapsed, table) => _options.Progress("Settings", FormattableString.Invariant($"{setting.Name}: the table is {table?.TableStatus}, {elapsed.TotalSeconds:0} s"));

    private static bool MayPass(ControlException fault) => fault.IsAmbiguous || fault.Is(
        ControlCodes.ResourceInUse, ControlCodes.TableInUse, ControlCodes.ResourceNotFound, ControlCodes.TableNotFound, ControlCodes.ContinuousBackupsUnavailable);
}
