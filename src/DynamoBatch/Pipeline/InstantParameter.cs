using System;
using System.Globalization;
using System.Management.Automation;

namespace DynamoBatch.Pipeline;

/// <summary>A DateTime that a user gave, as the one instant that it means.</summary>
internal static class InstantParameter
{
    /// <summary>The instant; null where none was given. Ends the command where it could be two, or none.</summary>
    public static DateTimeOffset? Read(PSCmdlet command, string name, DateTime? given)
    {
        if (given is not { } time)
        {
            return null;
        }

        if (time.Kind is not DateTimeKind.Unspecified)
        {
            return new DateTimeOffset(time.ToUniversalTime());
        }

        // Without a zone it is the user's own clock's, which is turned back once a year, and forward.
        string? why = TimeZoneInfo.Local.IsAmbiguousTime(time) ? "came twice, for the clock was turned back"
            : TimeZoneInfo.Local.IsInvalidTime(time) ? "never came, for the clock was turned forward"
            : null;
        if (why is not null)
        {
            string text = time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            command.ThrowTerminatingError(ErrorRecords.Parameter(
                "RestorePointInTimeNotAvailable",
                $"-{name} {text} {why} in {TimeZoneInfo.Local.DisplayName}. Say which instant is meant: with a Z for UTC, or an offset, such as '{text.Replace(' ', 'T')}+01:00'.",
                time));
        }

        return new DateTimeOffset(time, TimeZoneInfo.Local.GetUtcOffset(time));
    }
}
