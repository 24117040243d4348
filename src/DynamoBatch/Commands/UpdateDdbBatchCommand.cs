using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using DynamoBatch.Completion;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Updating;
using DynamoBatch.Output;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Commands;

/// <summary>Changes items by objects that hold the key and what changes: the batch update that DynamoDB does not have.</summary>
[Cmdlet(VerbsData.Update, "DdbBatch", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(BatchSummary), typeof(PSObject))]
public sealed class UpdateDdbBatchCommand : ItemWriteCommand
{
    private UpdateParameters? _parameters;

    /// <summary>Attributes to remove.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AttributeNameCompleter))]
    public string[]? RemoveAttribute { get; set; }

    /// <summary>Counters: names of attributes that grow by the object's own value, or a hash table of names and amounts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InputPropertyCompleter))]
    public object? Increment { get; set; }

    /// <summary>Makes the item where there is none.</summary>
    [Parameter]
    public SwitchParameter Upsert { get; set; }

    /// <summary>Sends counters and conditioned updates as transactions with a token, at twice the cost: repeated safely for ten minutes.</summary>
    [Parameter]
    public SwitchParameter ExactlyOnce { get; set; }

    /// <summary>A condition expression that guards each update, such as 'version = :v'.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ExpressionText]
    public string? Condition { get; set; }

    /// <summary>The names behind placeholders of -Condition, such as @{ '#s' = 'status' }.</summary>
    [Parameter]
    public IDictionary? ConditionName { get; set; }

    /// <summary>The values behind placeholders of -Condition, such as @{ ':v' = 3 }.</summary>
    [Parameter]
    public IDictionary? ConditionValue { get; set; }

    /// <summary>Attributes that must have the object's own value: an optimistic lock.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InputPropertyCompleter))]
    public string[]? MatchProperty { get; set; }

    /// <summary>Emits the items as they were before. Each is then updated by a request of its own.</summary>
    [Parameter]
    public SwitchParameter ReturnOld { get; set; }

    /// <summary>Emits the items as they are afterwards. Each is then updated by a request of its own.</summary>
    [Parameter]
    public SwitchParameter ReturnNew { get; set; }

    /// <inheritdoc/>
    internal override bool ReturnsItems => ReturnOld || ReturnNew;

    private UpdateParameters Parameters => _parameters ??= new UpdateParameters(this);

    /// <inheritdoc/>
    internal override WriteVerb GetVerb() => WriteVerb.Update;

    /// <inheritdoc/>
    internal override IRequestPlanner? CreatePlanner(TableSchema schema) => Parameters.CreatePlanner(schema);

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, AttributeType>? GetAttributeTypes() => Parameters.AddCounters(base.GetAttributeTypes());
}
