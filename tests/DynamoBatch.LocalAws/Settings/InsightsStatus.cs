using System;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>Contributor insights of a table or an index.</summary>
internal sealed record InsightsStatus(bool Enabled, string Mode, DateTimeOffset Updated);
