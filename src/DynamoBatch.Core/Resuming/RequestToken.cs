using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DynamoBatch.Core.Resuming;

/// <summary>
/// The ClientRequestToken of a write in a transaction of its own. A later run makes the same token again, so that for ten minutes
/// DynamoDB tells a repetition from a second write. (TransactWriteItems: ClientRequestToken, 1 to 36 characters.)
/// </summary>
internal static class RequestToken
{
    /// <summary>How long a repetition is surely told from a second write: DynamoDB remembers a token for ten minutes. One is kept in
    /// hand, for a request on its way and for clocks that differ.</summary>
    public static readonly TimeSpan SafeLifetime = TimeSpan.FromMinutes(9);

    /// <summary>36 characters that depend on nothing else than these three.</summary>
    public static string For(Guid checkpoint, long ordinal, ulong contribution)
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Format(CultureInfo.InvariantCulture, "{0:N} {1} {2:x16}", checkpoint, ordinal, contribution));
#if NETFRAMEWORK
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(text);
#else
        byte[] hash = SHA256.HashData(text);
#endif
        byte[] half = new byte[16];
        Array.Copy(hash, half, half.Length);
        return new Guid(half).ToString("D");
    }

    /// <summary>Until when a write may be repeated. A clock that went back tells nothing: then never.</summary>
    /// <param name="intendedAt">When its first sending was announced: seconds since 1970, UTC.</param>
    /// <param name="now">The time now.</param>
    public static DateTimeOffset RepeatUntil(long intendedAt, DateTimeOffset now) =>
        now.ToUnixTimeSeconds() < intendedAt ? DateTimeOffset.MinValue : DateTimeOffset.FromUnixTimeSeconds(intendedAt) + SafeLifetime;
}
