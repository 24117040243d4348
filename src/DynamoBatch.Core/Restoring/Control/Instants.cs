using System;
using System.Globalization;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>Times of the service, which the SDK gives without or with a zone but always means in UTC.</summary>
internal static class Instants
{
    public static DateTimeOffset? Of(DateTime? time) => time is not { } known
        ? null
        : new DateTimeOffset(known.Kind is DateTimeKind.Unspecified ? DateTime.SpecifyKind(known, DateTimeKind.Utc) : known.ToUniversalTime());

    /// <summary>The service may keep whole seconds only.</summary>
    public static bool AreSame(DateTimeOffset a, DateTimeOffset b) => (a - b).Duration() < TimeSpan.FromSeconds(1);

    /// <summary>In UTC and on the clock of whoever reads it.</summary>
    public static string Both(DateTimeOffset time) =>
        $"{RestoreIdentity.Text(time)} ({TimeZoneInfo.ConvertTime(time, TimeZoneInfo.Local).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)} local time)";

    /// <summary>A time as a journal has it.</summary>
    public static DateTimeOffset? Parse(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
