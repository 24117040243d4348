namespace DynamoBatch.LocalAws.Settings;

/// <summary>Units per second that a table or an index serves at once; null: not asked for.</summary>
internal sealed record WarmThroughput(long? Read, long? Write);
