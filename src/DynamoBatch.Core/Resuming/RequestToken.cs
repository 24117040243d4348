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
    /// <summary>How long DynamoDB remembers a token, counted from the end of the first request that had it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

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

    /// <summary>Whether a repetition would surely still be told from a second write.</summary>
    /// <param name="intendedAt">When the first sending was announced: seconds since 1970, UTC.</param>
    /// <param name="now">The time now. A minute is kept in hand, for a request on its way and for clocks that differ.</param>
    public static bool IsAlive(long intendedAt, DateTimeOffset now)
    {
        long age = now.ToUnixTimeSeconds() - intendedAt;
        return age >= 0 && age < Lifetime.TotalSeconds - 60;
    }
}
