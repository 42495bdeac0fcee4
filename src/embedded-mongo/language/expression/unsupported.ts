/** Expressions and accumulators that a MongoDB server knows and this store refuses by name. */
export const UNSUPPORTED_EXPRESSIONS: ReadonlySet<string> = new Set(
  `$acos $acosh $asin $asinh $atan $atan2 $atanh $cos $cosh $sin $sinh $tan $tanh $degreesToRadians $radiansToDegrees
  $sigmoid $sqrt $exp $ln $log $log10 $pow $rand $sampleRate $function $accumulator $meta $toHashedIndexKey $tsSecond
  $tsIncrement $bsonSize $binarySize $bitAnd $bitOr $bitXor $bitNot $firstN $lastN $maxN $minN $median $percentile
  $stdDevPop $stdDevSamp $toDecimal $toUUID $toArray $toObject $const $setUnion $setIntersection $setDifference
  $setEquals $setIsSubset $allElementsTrue $anyElementTrue $indexOfBytes $substrBytes $substr $strLenBytes $strcasecmp
  $encStrContains $regexFind $regexFindAll $getField $setField $unsetField $zip $top $topN $bottom $bottomN $derivative
  $integral $covariancePop $covarianceSamp $rank $denseRank $documentNumber $expMovingAvg $locf $linearFill $shift
  $minMaxScaler $similarityDotProduct $similarityCosine $similarityEuclidean $createObjectId $hash $hexHash
  $serializeEJSON $deserializeEJSON`.split(/\s+/),
);
