namespace DynamoBatch.Core.Lines;

/// <summary>What a line of DynamoDB JSON is.</summary>
internal enum LineForm
{
    /// <summary>The item itself: <c>{"id":{"S":"a"}}</c>.</summary>
    Item,

    /// <summary>A line of an export to S3: <c>{"Item":{...}}</c>.</summary>
    Export,

    /// <summary>A line of a -FailedItemPath file: table, verb, reason, and the item or its key.</summary>
    Failed,
}
