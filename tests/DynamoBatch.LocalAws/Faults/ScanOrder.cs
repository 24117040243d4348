namespace DynamoBatch.LocalAws.Faults;

/// <summary>The order in which Scan gives the items of a table. Neither is promised by AWS.</summary>
public enum ScanOrder
{
    /// <summary>As the backend: tables of the same keys come in the same order.</summary>
    Same,

    /// <summary>Each table in an order of its own, also a table made anew under the same name; a segment holds other keys than that of another table.</summary>
    Own,
}
